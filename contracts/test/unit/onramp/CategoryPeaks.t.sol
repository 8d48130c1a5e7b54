// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ICategoryRegistry} from "../../../src/interfaces/ICategoryRegistry.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev Plausible peaks of many models, set in one call.
contract CategoryPeaksTest is Fixture {
    bytes32[] internal subjects = [keccak256("fp16 of NVIDIA A"), keccak256("fp16 of NVIDIA B")];
    uint128[] internal limits = [uint128(5), 7];

    function test_manyLimitsAtOnce() public {
        vm.expectEmit(address(categories));
        emit ICategoryRegistry.LimitSet(HOST, subjects[1], 7);
        vm.prank(admin);
        categories.setLimits(HOST, subjects, limits);
        assertEq(categories.limitOf(HOST, subjects[0]), 5);
        assertEq(categories.limitOf(HOST, subjects[1]), 7);
        assertEq(categories.limitSince(HOST, subjects[1]), block.timestamp);
        assertEq(categories.limitOf(2, subjects[0]), 0);
    }

    function test_everySubjectHasItsLimit() public {
        limits.push(9);
        vm.expectRevert(abi.encodeWithSelector(ICategoryRegistry.LengthMismatch.selector, 2, 3));
        vm.prank(admin);
        categories.setLimits(HOST, subjects, limits);
    }

    function test_onlyGovernance() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, lender));
        vm.prank(lender);
        categories.setLimits(HOST, subjects, limits);
    }
}
