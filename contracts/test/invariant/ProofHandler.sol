// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAttestationRegistry} from "../../src/interfaces/IAttestationRegistry.sol";
import {IDisputeCourt} from "../../src/interfaces/IDisputeCourt.sol";
import {IFaultProver} from "../../src/interfaces/IFaultProver.sol";
import {IValidatorSet} from "../../src/interfaces/IValidatorSet.sol";
import {Signed} from "../Signed.sol";

/// @dev Validators that stake, leave, are slashed and held, and disputes about what they attested, as the fuzzer likes.
contract ProofHandler is Signed {
    uint256 internal constant BOND = 100e18;

    mapping(bytes32 action => uint256) public done;
    mapping(address operator => uint256) internal slashedAt;
    mapping(address operator => uint256) internal heldUntil;
    address[] internal signers;
    address[] internal claimants;
    bytes32[] internal keys;
    uint256 internal openBonds;

    constructor() {
        setUp();
        for (uint256 i; i < 4; ++i) {
            signers.push(_signer(i));
        }
        for (uint256 i; i < 3; ++i) {
            address challenger = makeAddr(string.concat("challenger", vm.toString(i)));
            claimants.push(challenger);
            vm.prank(treasury);
            gaib.transfer(challenger, 1_000 * BOND);
            vm.prank(challenger);
            gaib.approve(address(disputes), type(uint256).max);
        }
        claimants.push(treasury);
    }

    modifier later(uint256 seed) {
        _warp(block.timestamp + 1 + uint256(keccak256(abi.encode(seed, block.timestamp))) % 3 hours);
        _;
    }

    /* STAKE */

    function stake(uint256 who, uint256 amount) external later(amount) {
        address operator = operators[who % 4];
        if (validators.operatorOf(operator).jailed) return;
        amount = bound(amount, 1_000e18, 5_000e18);
        vm.prank(treasury);
        gaib.transfer(operator, amount);
        address signer = validators.operatorOf(operator).signer;
        vm.startPrank(operator);
        gaib.approve(address(validators), amount);
        validators.stake(amount, signer);
        vm.stopPrank();
        ++done["stake"];
    }

    function unstake(uint256 who, uint256 amount) external later(amount) {
        address operator = operators[who % 4];
        uint256 active = validators.operatorOf(operator).active;
        amount = bound(amount, 0, active);
        if (active - amount < 1_000e18) amount = active;
        vm.prank(operator);
        validators.requestUnstake(amount);
        ++done["unstake"];
    }

    /// @dev Tried at any time; what it must never do is succeed before the delay of a slashing or a hold is over.
    function withdraw(uint256 who) external later(who) {
        address operator = operators[who % 4];
        vm.prank(operator);
        try validators.withdraw(operator) {
            require(block.timestamp >= slashedAt[operator] + 7 days, "slashed and withdrawn");
            require(block.timestamp >= heldUntil[operator], "held and withdrawn");
            ++done["withdraw"];
        } catch {}
    }

    function changeSigner(uint256 who) external later(who) {
        address operator = operators[who % 4];
        (address signer,) = makeAddrAndKey(string.concat("next", vm.toString(signers.length)));
        signers.push(signer);
        vm.prank(operator);
        validators.changeSigner(signer);
        ++done["changeSigner"];
    }

    function slash(uint256 who, uint256 bps, uint256 reward) external later(bps) {
        address operator = operators[who % 4];
        vm.prank(court);
        validators.slash(operator, bound(bps, 0, 10_000), 0, claimants[reward % 4], bound(reward, 0, 10_000), "");
        slashedAt[operator] = block.timestamp;
        ++done["slash"];
    }

    function reinstate(uint256 who) external later(who) {
        vm.prank(admin);
        validators.reinstate(operators[who % 4]);
    }

    function settleStake(uint256 who) external later(who) {
        validators.burnSlashed();
        address claimant = claimants[who % 4];
        if (validators.rewards(claimant) == 0) return;
        vm.prank(claimant);
        validators.claimReward(claimant);
        ++done["reward"];
    }

    /* DISPUTES */

    /// @dev Attests one more asset, where those who signed at the start still have the stake for it.
    function attest(uint256 seed) external later(seed) {
        bytes32 key = keccak256(abi.encode("asset", keys.length));
        IAttestationRegistry.Statement memory statement = _statement(key, "root", owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 4);
        try attestations.submit(statement, evidence, signatures) {
            keys.push(key);
            ++done["attest"];
        } catch {}
    }

    function open(uint256 which, uint256 who) external later(which) {
        if (keys.length == 0) return;
        bytes32 key = keys[keys.length - 1 - which % _atMost(3, keys.length)];
        vm.prank(claimants[who % 3]);
        try disputes.open(key, "root", 0, "") {
            openBonds += BOND;
            ++done["open"];
        } catch {}
    }

    function accuse(uint256 which, uint256 who) external later(which) {
        uint256 id = _dispute(which);
        if (id == 0) return;
        IDisputeCourt.Dispute memory dispute = disputes.dispute(id);
        (,, uint64 epoch) = attestations.attested(dispute.assetKey, "root");
        IAttestationRegistry.Statement memory statement = _statement(dispute.assetKey, "root", owner);
        statement.epoch = epoch;
        IFaultProver.SignedStatement memory said = _said(who % 4, statement);
        try disputes.accuse(id, said) {
            address operator = _operator(who % 4);
            heldUntil[operator] = _max(heldUntil[operator], dispute.openedAt + 4 days);
            ++done["accuse"];
        } catch {}
    }

    function vote(uint256 which, uint256 who, bool upheld) external later(which) {
        uint256 id = _dispute(which);
        if (id == 0) return;
        address voter = signers[who % signers.length];
        vm.prank(voter);
        try disputes.vote(id, upheld) {
            require(!disputes.accused(id, voter), "the accused voted");
            ++done["vote"];
        } catch {}
    }

    function appeal(uint256 which, uint256 who) external later(which) {
        uint256 id = _dispute(which);
        if (id == 0) return;
        vm.warp(_max(block.timestamp, disputes.dispute(id).openedAt + 1 days));
        vm.prank(claimants[who % 3]);
        try disputes.appeal(id) {
            openBonds += BOND;
            ++done["appeal"];
        } catch {}
    }

    function decide(uint256 which, bool upheld) external later(which) {
        uint256 id = _dispute(which);
        if (id == 0) return;
        vm.prank(admin);
        try disputes.decide(id, upheld) {
            openBonds -= 2 * BOND;
            ++done["decide"];
        } catch {}
    }

    function conclude(uint256 which, bool wait) external later(which) {
        uint256 id = _dispute(which);
        if (id == 0) return;
        bool appealed = disputes.dispute(id).phase == IDisputeCourt.Phase.Appealed;
        if (wait) vm.warp(_max(block.timestamp, disputes.dispute(id).openedAt + 3 days));
        try disputes.conclude(id) {
            openBonds -= appealed ? 2 * BOND : BOND;
            ++done["conclude"];
        } catch {}
    }

    function punish(uint256 which, uint256 who) external later(which) {
        uint256 id = _dispute(which);
        if (id == 0) return;
        try disputes.punish(id, _signer(who % 4)) {
            slashedAt[_operator(who % 4)] = block.timestamp;
            ++done["punish"];
        } catch {}
    }

    function claim(uint256 who) external later(who) {
        address claimant = claimants[who % 4];
        if (disputes.credit(claimant) == 0) return;
        vm.prank(claimant);
        disputes.claim(claimant);
        ++done["claim"];
    }

    /* WHAT MUST HOLD */

    function checkStakeIsConserved() external view {
        uint256 sum = validators.slashedPot() + validators.rewards(address(0));
        for (uint256 i; i < 4; ++i) {
            IValidatorSet.Operator memory self = validators.operatorOf(operators[i]);
            sum += uint256(self.active) + self.leaving + validators.rewards(claimants[i]);
        }
        assertEq(gaib.balanceOf(address(validators)), sum, "stake, leaving, rewards and pot");
    }

    function checkWeightsSumToTheTotal() external view {
        uint256 sum;
        for (uint256 i; i < signers.length; ++i) {
            sum += validators.weightAt(signers[i], block.timestamp);
        }
        assertEq(sum, validators.totalWeightAt(block.timestamp), "weights and total");
        for (uint256 i; i < 4; ++i) {
            IValidatorSet.Operator memory self = validators.operatorOf(operators[i]);
            assertEq(validators.weightAt(self.signer, block.timestamp), self.active, "weight and stake");
            if (self.jailed) assertEq(self.active, 0, "jailed and counting");
        }
    }

    function checkBondsAreConserved() external view {
        uint256 sum = openBonds;
        for (uint256 i; i < claimants.length; ++i) {
            sum += disputes.credit(claimants[i]);
        }
        assertEq(gaib.balanceOf(address(disputes)), sum, "bonds and credits");
    }

    /// @dev What is disputed or annulled is attested to nobody.
    function checkDisputedCountsForNothing() external view {
        for (uint256 id = 1; id <= disputes.count(); ++id) {
            IDisputeCourt.Dispute memory dispute = disputes.dispute(id);
            if (dispute.phase == IDisputeCourt.Phase.Rejected) continue;
            assertFalse(attestations.isAttested(dispute.assetKey, "root", 1), "disputed and attested");
        }
    }

    /* INTERNAL */

    function _dispute(uint256 which) private view returns (uint256) {
        uint256 count = disputes.count();
        return count == 0 ? 0 : count - which % _atMost(3, count);
    }

    function _atMost(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }

    function _max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }
}
