// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IStakeSource} from "../../../src/interfaces/IStakeSource.sol";
import {IValidatorSet} from "../../../src/interfaces/IValidatorSet.sol";
import {ValidatorSet} from "../../../src/proof/ValidatorSet.sol";
import {Fixture} from "../../Fixture.sol";

contract ValidatorSetTest is Fixture {
    function _signerOf(uint256 index) private view returns (address) {
        return validators.operatorOf(operators[index]).signer;
    }

    function test_weightsCountFromTheSecondTheyWereSet() public {
        assertEq(validators.totalWeightAt(block.timestamp), 4 * STAKE);
        assertEq(validators.totalWeightAt(block.timestamp - 2), 0);
        vm.warp(block.timestamp + 10);
        vm.prank(operators[0]);
        validators.requestUnstake(1000e18);
        assertEq(validators.weightAt(_signerOf(0), block.timestamp - 1), STAKE);
        assertEq(validators.weightAt(_signerOf(0), block.timestamp), STAKE - 1000e18);
        vm.warp(block.timestamp + 10);
        vm.prank(operators[0]);
        validators.requestUnstake(1000e18);
        vm.warp(block.timestamp + 10);
        vm.prank(operators[0]);
        validators.requestUnstake(1000e18);
        // Three changes back: out of the packed slot, into the trace.
        assertEq(validators.weightAt(_signerOf(0), block.timestamp - 21), STAKE);
        assertEq(validators.weightAt(_signerOf(0), block.timestamp - 20), STAKE - 1000e18);
        assertEq(validators.weightAt(_signerOf(0), block.timestamp - 10), STAKE - 2000e18);
        vm.expectRevert(
            abi.encodeWithSelector(IStakeSource.FutureLookup.selector, block.timestamp + 1, block.timestamp)
        );
        validators.totalWeightAt(block.timestamp + 1);
    }

    function test_stakeBelowMinimumIsRefused() public {
        address small = makeAddr("small");
        vm.prank(treasury);
        gaib.transfer(small, 999e18);
        vm.startPrank(small);
        gaib.approve(address(validators), 999e18);
        vm.expectRevert(abi.encodeWithSelector(IValidatorSet.StakeTooSmall.selector, 999e18, 1000e18));
        validators.stake(999e18, small);
        vm.stopPrank();
        vm.prank(operators[0]);
        vm.expectRevert(abi.encodeWithSelector(IValidatorSet.StakeTooSmall.selector, 1, 1000e18));
        validators.requestUnstake(STAKE - 1);
    }

    function test_signerBelongsToItsFirstOperatorForGood() public {
        address first = _signerOf(0);
        address fresh = makeAddr("fresh");
        vm.warp(block.timestamp + 5);
        vm.prank(operators[0]);
        validators.changeSigner(fresh);
        assertEq(validators.weightAt(first, block.timestamp), 0);
        assertEq(validators.weightAt(first, block.timestamp - 1), STAKE);
        assertEq(validators.weightAt(fresh, block.timestamp), STAKE);
        assertEq(validators.totalWeightAt(block.timestamp), 4 * STAKE);
        vm.prank(operators[1]);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.SignerTaken.selector, first, operators[0]));
        validators.changeSigner(first);
        vm.prank(operators[1]);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.SignerTaken.selector, address(0), address(0)));
        validators.changeSigner(address(0));
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.UnknownOperator.selector, address(this)));
        validators.changeSigner(fresh);
        assertEq(validators.operatorOfSigner(first), operators[0]);
    }

    function test_withdrawalWaitsItsDelay() public {
        vm.startPrank(operators[0]);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.NothingToWithdraw.selector, operators[0]));
        validators.withdraw(operators[0]);
        validators.requestUnstake(STAKE);
        uint256 ready = block.timestamp + 7 days;
        vm.warp(ready - 1);
        vm.expectRevert(abi.encodeWithSelector(IValidatorSet.StillLocked.selector, operators[0], ready));
        validators.withdraw(operators[0]);
        vm.warp(ready);
        assertEq(validators.withdraw(operators[0]), STAKE);
        assertEq(gaib.balanceOf(operators[0]), STAKE);
        vm.stopPrank();
    }

    function test_holdOutlastsTheDelay() public {
        vm.prank(operators[0]);
        validators.requestUnstake(STAKE);
        uint48 until = uint48(block.timestamp + 10 days);
        vm.startPrank(court);
        validators.hold(operators[0], until);
        validators.hold(operators[0], until - 1 days);
        vm.stopPrank();
        vm.warp(until - 1);
        vm.prank(operators[0]);
        vm.expectRevert(abi.encodeWithSelector(IValidatorSet.StillLocked.selector, operators[0], until));
        validators.withdraw(operators[0]);
    }

    function test_slashTakesFromActiveAndLeaving() public {
        vm.prank(operators[0]);
        validators.requestUnstake(4000e18);
        address reporter = makeAddr("reporter");
        vm.prank(court);
        uint256 taken = validators.slash(operators[0], 5_000, 0, reporter, 1_000, "fault");
        assertEq(taken, 5000e18);
        assertEq(validators.rewards(reporter), 500e18);
        assertEq(validators.slashedPot(), 4500e18);
        IValidatorSet.Operator memory operator = validators.operatorOf(operators[0]);
        assertEq(operator.active, 0);
        assertEq(operator.leaving, 5000e18);
        assertTrue(operator.jailed);
        assertEq(validators.totalWeightAt(block.timestamp), 3 * STAKE);
        vm.prank(reporter);
        assertEq(validators.claimReward(reporter), 500e18);
        vm.prank(reporter);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.NothingToWithdraw.selector, reporter));
        validators.claimReward(reporter);
        uint256 supply = gaib.totalSupply();
        assertEq(validators.burnSlashed(), 4500e18);
        assertEq(gaib.totalSupply(), supply - 4500e18);
    }

    function test_slashRoundsAgainstTheSlashed() public {
        vm.startPrank(court);
        validators.slash(operators[0], 3_333, 0, address(0), 1_000, "fault");
        validators.slash(operators[0], 3_333, 0, address(0), 1_000, "fault");
        vm.stopPrank();
        uint256 left = STAKE - STAKE * 3_333 / 10_000;
        left -= (left * 3_333 + 9_999) / 10_000;
        assertEq(validators.operatorOf(operators[0]).leaving, left);
        assertEq(validators.rewards(address(0)), 0);
    }

    function test_slashedValidatorWaitsAndCannotStake() public {
        vm.prank(court);
        validators.slash(operators[0], 1_000, 0, address(0), 0, "fault");
        vm.startPrank(operators[0]);
        vm.expectRevert(
            abi.encodeWithSelector(IValidatorSet.StillLocked.selector, operators[0], block.timestamp + 7 days)
        );
        validators.withdraw(operators[0]);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.OperatorJailed.selector, operators[0]));
        validators.stake(1000e18, operators[0]);
        vm.stopPrank();
        vm.prank(admin);
        validators.reinstate(operators[0]);
        assertFalse(validators.operatorOf(operators[0]).jailed);
    }

    function test_onlyTheSlasherSlashes() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        validators.slash(operators[0], 1, 0, address(0), 0, "");
        vm.prank(court);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.BadFraction.selector, 10_001));
        validators.slash(operators[0], 10_001, 0, address(0), 0, "");
    }

    function test_delayMustExceedWindowAndSlack() public {
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.WithdrawalDelayTooShort.selector, 2 days, 2 days + 1));
        new ValidatorSet(address(access), IERC20(gaib), 1, 2 days, 1 days, 1 days);
    }

    /// @dev Stake in = active + leaving + rewards + slashed, whatever is slashed in whatever order.
    function testFuzz_stakeIsConserved(uint16 bps, uint16 rewardBps, uint96 unstake) public {
        bps = uint16(bound(bps, 0, 10_000));
        rewardBps = uint16(bound(rewardBps, 0, 10_000));
        unstake = uint96(bound(unstake, 0, STAKE - 1000e18));
        vm.prank(operators[1]);
        validators.requestUnstake(unstake);
        vm.prank(court);
        validators.slash(operators[1], bps, 0, lender, rewardBps, "");
        uint256 held = validators.operatorOf(operators[1]).active + validators.operatorOf(operators[1]).leaving;
        assertEq(
            held + validators.rewards(lender) + validators.slashedPot() + 3 * STAKE, gaib.balanceOf(address(validators))
        );
    }
}
